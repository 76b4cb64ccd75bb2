/** Calling out over HTTP, and verifying what comes in. Needs Node, and no other package. */
export { callOut } from './call-out.js';
export type { Answer, OutgoingCall } from './call-out.js';
export { failureIn, retryAfter } from './failure.js';
export type { FailedAnswer } from './failure.js';
export { messageId, secretProblem, signedHeaders, verifySigned } from './standard-webhooks.js';
export type { ReceivedMessage, SignedMessage } from './standard-webhooks.js';
export { verifyTimed } from './timed-signature.js';
export type { TimedPost } from './timed-signature.js';
export { urlProblem } from './url-problem.js';
export type { CalledUrl } from './url-problem.js';
export type { Verified } from './verified.js';
