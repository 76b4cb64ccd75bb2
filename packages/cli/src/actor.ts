import { userInfo } from 'node:os';

/** Who decides when nobody says so: the account that types. Containers may have none. */
export function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'operator';
  }
}
