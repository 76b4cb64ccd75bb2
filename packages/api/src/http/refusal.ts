import { DomainError } from '@payonce/engine/domain';
import type { DomainErrorCode } from '@payonce/engine/domain';

/** A refusal that says more over HTTP than its code does: another status, or headers of its own. */
export class HttpRefusal extends DomainError {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: DomainErrorCode,
    message: string,
    http: { readonly status?: number; readonly headers?: Readonly<Record<string, string>> },
  ) {
    super(code, message);
    this.status = http.status;
    this.headers = http.headers ?? {};
  }
}
