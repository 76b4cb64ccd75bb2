import { Page } from './page.js';

/** A page instead of the one asked for. */
export const ProblemPage = ({
  base,
  title,
  message,
  retry,
}: {
  readonly base: string;
  readonly title: string;
  readonly message: string;
  /** Where to try again; null when that cannot help. */
  readonly retry: string | null;
}) => (
  <Page frame={{ base, merchant: '', testMode: false }} title={title} layout="single">
    <main>
      <div class="stack">
        <h1>{title}</h1>
        <p>{message}</p>
        {retry !== null && (
          <a class="button secondary" href={retry}>
            Try again
          </a>
        )}
      </div>
    </main>
  </Page>
);
