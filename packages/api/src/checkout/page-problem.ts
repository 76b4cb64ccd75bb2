/** A page instead of the one asked for: what is wrong, and what the buyer can do. */
export class PageProblem extends Error {
  readonly status: number;
  readonly title: string;

  constructor(problem: {
    readonly status: number;
    readonly title: string;
    readonly message: string;
    readonly cause?: unknown;
  }) {
    super(problem.message, { cause: problem.cause });
    this.name = 'PageProblem';
    this.status = problem.status;
    this.title = problem.title;
  }
}

/** For addresses that name nothing. Says nothing about what exists. */
export const notFound = (): PageProblem =>
  new PageProblem({
    status: 404,
    title: 'There is nothing here',
    message:
      'This link is not complete, or it is not one of ours. Open it again from where you got it, or ask the seller.',
  });

/** For forms that did not come from our own page. */
export const foreignForm = (): PageProblem =>
  new PageProblem({
    status: 403,
    title: 'This form did not come from our page',
    message: 'Nothing was charged. Go back, reload the page, and try again.',
  });
