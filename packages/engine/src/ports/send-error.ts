const MARKER = Symbol.for('payonce.send-error');

/**
 * Why nothing usable came back from an address that a stranger chose.
 * - `url_refused`: the URL itself is not one that we post to
 * - `address_refused`: the name leads to an address inside our own network, or the URL says one
 * - `name_not_resolved`, `connection_failed`, `tls_failed`: it could not be reached, or hung up
 * - `deadline`: it did not answer in full in time
 * - `header_refused`: a header that the owner set is not one that HTTP allows
 * - `answer_invalid`: what it sent is not an HTTP answer that we read
 */
export type SendErrorCode =
  | 'url_refused'
  | 'address_refused'
  | 'name_not_resolved'
  | 'connection_failed'
  | 'tls_failed'
  | 'deadline'
  | 'header_refused'
  | 'answer_invalid';

/** What an HttpSender rejects with. The message is ours and safe to store and show. Recognized by marker, since bundles carry copies. */
export class SendError extends Error {
  readonly [MARKER] = true;
  readonly code: SendErrorCode;

  constructor(code: SendErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'SendError';
    this.code = code;
  }
}

/** Whether a thrown value is a {@link SendError}, whichever copy of this file made it. */
export const isSendError = (thrown: unknown): thrown is SendError =>
  typeof thrown === 'object' && thrown !== null && MARKER in thrown;
