import { Router, urlencoded } from 'express';
import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { assetsRouter } from './assets/assets.js';
import type { CheckoutDeps } from './deps.js';
import { protect } from './headers.js';
import { PageProblem, notFound } from './page-problem.js';
import { problemHandler } from './problem-handler.js';
import { buyRoute, productRoute } from './routes/buy.js';
import { payRoute } from './routes/pay.js';
import { quoteRoute } from './routes/quote.js';
import { returnRoute } from './routes/return.js';
import { backToPage, showRoute, statusRoute } from './routes/show.js';

const LIMITS = { pay: 60, quote: 240 };
const MINUTE_MS = 60_000;

/**
 * The hosted checkout: everything that buyers see. Mount it at the root of an origin; it answers /session, /buy and /checkout-assets, and leaves every other path to the
 * app. GET makes nothing. Its forms are read here.
 */
export function checkoutRouter(deps: CheckoutDeps): Router {
  const router = Router();
  const { pay, quote } = deps.limits ?? LIMITS;
  const form = urlencoded({ extended: false, limit: '16kb', parameterLimit: 100 });
  const guarded = ['/session', '/buy', '/checkout-assets'];
  router.use(guarded, protect({ https: deps.origin.startsWith('https:') }));
  router.use(assetsRouter());
  router.get('/session/:id', showRoute(deps));
  router.get('/session/:id/status', statusRoute(deps));
  router.get('/session/:id/return', returnRoute(deps));
  router.get(['/session/:id/quote', '/session/:id/pay'], backToPage);
  router.post('/session/:id/quote', atMost(quote), form, quoteRoute(deps));
  router.post('/session/:id/pay', atMost(pay), form, payRoute(deps));
  router.get('/buy/:product_id', productRoute(deps));
  router.post('/buy/:product_id', atMost(pay), form, buyRoute(deps));
  router.use(guarded, (_request, _response, next) => next(notFound()));
  router.use(problemHandler(deps));
  return router;
}

/** Requests per minute and address, so that nobody tries cards by the hundred. */
const atMost = (limit: number): RequestHandler =>
  rateLimit({
    windowMs: MINUTE_MS,
    limit,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, _response, next) => next(tooMany()),
  });

const tooMany = (): PageProblem =>
  new PageProblem({
    status: 429,
    title: 'That was too fast',
    message: 'There were too many tries from your connection. Nothing was charged. Wait a minute, and try again.',
  });
