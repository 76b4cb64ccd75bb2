import { DomainError } from '@payonce/engine/domain';
import type { DomainErrorCode } from '@payonce/engine/domain';

/** A refusal that says more over HTTP than its code does: another status, headers of its own, or the code of a plugin. */
export class HttpRefusal extends DomainError {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** What the caller reads instead of our code. */
  readonly toldCode: string | undefined;

  constructor(
    code: DomainErrorCode,
    message: string,
    http: {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly code?: string;
    },
  ) {
    super(code, message);
    this.status = http.status;
    this.headers = http.headers ?? {};
    this.toldCode = http.code;
  }
}
