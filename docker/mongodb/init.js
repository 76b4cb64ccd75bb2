// Makes the replica set of one member, and the user of payonce. Harmless to repeat.
const { MONGODB_HOST, MONGODB_PASSWORD, MONGODB_DATABASES } = process.env;

try {
  rs.status();
} catch (error) {
  if (error.codeName !== 'NotYetInitialized') throw error;
  rs.initiate({ _id: 'rs0', members: [{ _id: 0, host: MONGODB_HOST }] });
}
while (!db.hello().isWritablePrimary) sleep(200);

const admin = db.getSiblingDB('admin');
const user = {
  pwd: MONGODB_PASSWORD,
  roles: MONGODB_DATABASES.split(',').map((name) => ({ role: 'readWrite', db: name })),
};
if (admin.getUser('payonce') === null) admin.createUser({ user: 'payonce', ...user });
else admin.updateUser('payonce', user);
