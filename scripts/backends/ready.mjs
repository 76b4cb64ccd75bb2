import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { Explained } from '../lib/say.mjs';

const SYSTEM_INFO = '/temporal.api.workflowservice.v1.WorkflowService/GetSystemInfo';
const EMPTY_MESSAGE = Buffer.alloc(5);
const PATIENCE = 1_000;

/** Whether a Temporal frontend answers at host:port: asks for its system info over gRPC. */
export function temporalAnswers(address) {
  return new Promise((resolve) => {
    const session = connectHttp2(`http://${address}`);
    const finish = (answer) => {
      session.destroy();
      resolve(answer);
    };
    session.setTimeout(PATIENCE, () => finish(false));
    session.on('error', () => finish(false));
    const headers = { ':method': 'POST', ':path': SYSTEM_INFO, 'content-type': 'application/grpc', te: 'trailers' };
    const request = session.request(headers);
    request.on('error', () => finish(false));
    request.on('trailers', (trailers) => finish(trailers['grpc-status'] === '0'));
    request.on('end', () => finish(false));
    request.resume();
    request.end(EMPTY_MESSAGE);
  });
}

/** The wire message { hello: 1, $db: 'admin' }: header, no flags, one body section. */
function helloMessage() {
  const fields = [Buffer.from('\x10hello\0\x01\0\0\0\x02$db\0\x06\0\0\0admin\0', 'latin1')];
  const document = Buffer.concat([Buffer.alloc(4), ...fields, Buffer.alloc(1)]);
  document.writeInt32LE(document.length, 0);
  const head = Buffer.alloc(21);
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(1, 4);
  head.writeInt32LE(2013, 12);
  return Buffer.concat([head, document]);
}

/** Whether a MongoDB answers `hello` on this port of the machine. */
export function mongodbAnswers(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => socket.write(helloMessage()));
    const finish = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(PATIENCE, () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('data', (data) => finish(data.includes('maxWireVersion')));
    socket.on('end', () => finish(false));
  });
}

/** Waits until a server that was started answers. Its own last words are the message when it ends before that. */
export async function untilReady({ what, server, answers, timeout = 60_000 }) {
  const end = Date.now() + timeout;
  while (!(await answers())) {
    if (server.ended()) throw new Explained(`${what} ended while starting:\n${server.tail()}`);
    if (Date.now() > end) {
      const words = server.tail();
      await server.stop();
      throw new Explained(`${what} did not answer within ${timeout / 1000} s:\n${words}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
