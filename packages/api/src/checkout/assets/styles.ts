import { PALETTE } from './palette.js';

/** The look of the checkout: quiet, two columns where there is room, the buyer's own color scheme. */
export const STYLES = String.raw`
${PALETTE}
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-block-end: 6rem; }
body {
  margin: 0;
  min-block-size: 100vh;
  background: var(--paper);
  color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif;
}
h1, h2, p, ul, dl, dd, fieldset { margin: 0; padding: 0; }
ul { list-style: none; }
[hidden] { display: none !important; }
a { color: var(--accent); text-underline-offset: 0.15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.unseen {
  position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
}

.order { background: var(--side); border-block-end: 1px solid var(--line); }
.order-inner, main { inline-size: 100%; max-inline-size: 30rem; margin-inline: auto; padding: 1.25rem; }
.back {
  display: inline-flex; align-items: center; gap: 0.4rem; min-block-size: 44px; color: var(--soft); text-decoration: none;
}
.back:hover { color: var(--ink); }
.merchant { display: flex; align-items: center; gap: 0.625rem; flex-wrap: wrap; font-weight: 600; overflow-wrap: anywhere; }
.badge {
  padding: 0.125rem 0.5rem; border-radius: 999px; background: var(--badge-paper); color: var(--badge);
  font-size: 0.8125rem; font-weight: 600; white-space: nowrap;
}
.amount {
  margin-block: 0.25rem 0.5rem; font-size: 2.25rem; line-height: 1.2; font-weight: 650; letter-spacing: -0.02em;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
[data-asking] .amount, [data-asking] .totals { opacity: 0.55; }
.fold > summary, .reveal > summary { min-block-size: 44px; display: flex; align-items: center; gap: 0.5rem; cursor: pointer; color: var(--soft); }
.fold > summary::after, .reveal > summary::after {
  content: ''; inline-size: 0.5rem; block-size: 0.5rem; border: solid currentColor; border-width: 0 2px 2px 0; rotate: 45deg;
  margin-block-start: -0.25rem;
}
.fold[open] > summary::after, .reveal[open] > summary::after { rotate: 225deg; margin-block-start: 0.25rem; }

.lines { display: grid; gap: 1rem; padding-block: 0.75rem; }
.line { display: grid; grid-template-columns: auto minmax(0, 1fr) auto; gap: 0.25rem 0.875rem; align-items: start; }
.picture {
  inline-size: 3rem; block-size: 3rem; border-radius: 0.5rem; background: var(--card); border: 1px solid var(--line);
  display: grid; place-items: center; object-fit: cover; color: var(--soft); font-weight: 600;
}
.line-text { min-inline-size: 0; overflow-wrap: anywhere; }
.line-name { font-weight: 550; }
.line-about { color: var(--soft); font-size: 0.9375rem; }
.line-text .line-about:first-of-type {
  display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 3; overflow: hidden;
}
.off { color: var(--good); font-size: 0.9375rem; }
.line-price { text-align: end; font-variant-numeric: tabular-nums; white-space: nowrap; }
.line-price s { display: block; color: var(--soft); font-size: 0.9375rem; }
.totals { border-block-start: 1px solid var(--line); padding-block-start: 0.75rem; display: grid; gap: 0.375rem; }
.row { display: flex; justify-content: space-between; gap: 1rem; color: var(--soft); }
.row dd { text-align: end; font-variant-numeric: tabular-nums; }
.row dt { overflow-wrap: anywhere; }
.row.total { color: var(--ink); font-weight: 650; border-block-start: 1px solid var(--line); padding-block-start: 0.75rem; margin-block-start: 0.375rem; }

h1 { font-size: 1.375rem; line-height: 1.3; letter-spacing: -0.01em; margin-block-end: 1.25rem; overflow-wrap: anywhere; }
h2, legend { font-size: 1rem; font-weight: 650; padding: 0; }
h2 { margin-block: 2rem 0.75rem; }
legend { margin-block-end: 0.75rem; }
fieldset { border: 0; margin-block-end: 1rem; min-inline-size: 0; }
.field { margin-block-end: 1rem; min-inline-size: 0; flex: 1 1 0; }
.pair { display: flex; gap: 0.875rem; align-items: start; }
label { display: block; font-size: 0.9375rem; font-weight: 500; margin-block-end: 0.375rem; }
input:not([type=checkbox]), select {
  inline-size: 100%; min-block-size: 46px; padding: 0.5rem 0.75rem; font: inherit; color: inherit; background: var(--card);
  border: 1px solid var(--edge); border-radius: var(--radius);
}
select {
  appearance: none; padding-inline-end: 2.5rem; background: var(--card) var(--chevron) no-repeat right 0.875rem center / 0.75rem;
}
option { background: var(--card); color: var(--ink); }
input:focus-visible, select:focus-visible { outline-offset: 0; border-radius: var(--radius); }
[aria-invalid=true] { border-color: var(--bad) !important; box-shadow: inset 0 0 0 1px var(--bad); }
.hint { margin-block-start: 0.375rem; color: var(--soft); font-size: 0.875rem; }
.error { margin-block-start: 0.375rem; color: var(--bad); font-size: 0.9375rem; font-weight: 500; }
.check { display: flex; align-items: center; gap: 0.75rem; min-block-size: 44px; cursor: pointer; margin: 0; }
.check input { inline-size: 1.25rem; block-size: 1.25rem; margin: 0; accent-color: var(--accent); flex: none; }
.business { margin-block-end: 0.75rem; }
.business-fields { padding-block-start: 0.75rem; }
@supports selector(:has(*)) { .business:not(:has(:checked)) .business-fields { display: none; } }

button, .button {
  display: flex; align-items: center; justify-content: center; inline-size: 100%; min-block-size: 50px; padding: 0.625rem 1.25rem;
  font: inherit; font-weight: 600; text-align: center; text-decoration: none; border-radius: var(--radius); border: 1px solid transparent;
  cursor: pointer; overflow-wrap: anywhere;
}
.primary { background: var(--accent); color: var(--on-accent); font-size: 1.0625rem; font-variant-numeric: tabular-nums; }
.primary:hover { background: var(--accent-deep); }
.primary[aria-disabled=true] { cursor: progress; opacity: 0.75; }
.secondary { background: transparent; color: var(--ink); border-color: var(--edge); }
.secondary:hover { border-color: var(--ink); }
noscript .secondary { margin-block: 0.5rem 0.25rem; }
button.small { inline-size: auto; min-block-size: 44px; padding: 0.25rem 0.875rem; font-size: 0.9375rem; }
.pay-bar { position: sticky; inset-block-end: 0; padding-block: 0.75rem; background: var(--paper); box-shadow: 0 -0.75rem 0.75rem -0.5rem var(--paper); }
.terms { color: var(--soft); font-size: 0.875rem; margin-block-start: 0.25rem; }

.notice { padding: 0.875rem 1rem; border-radius: var(--radius); margin-block-end: 1.5rem; border: 1px solid; overflow-wrap: anywhere; }
.notice:focus { outline: none; }
.notice-title { font-weight: 650; }
.notice.bad { background: var(--bad-paper); border-color: var(--bad); }
.notice.bad .notice-title, .notice.bad a { color: var(--bad); }
.notice.good { background: var(--good-paper); border-color: var(--good); }
.notice.good .notice-title { color: var(--good); }
.notice.info { background: var(--info-paper); border-color: var(--accent); }
.notice li { padding-block: 0.25rem; }
.stack > * + * { margin-block-start: 1rem; }
.reveal { margin-block-start: 2rem; padding-block-start: 0.5rem; border-block-start: 1px solid var(--line); }
.reveal[open] > summary { margin-block-end: 0.75rem; }
.working { display: flex; align-items: center; gap: 0.75rem; }
.working::before {
  content: ''; flex: none; inline-size: 1.25rem; block-size: 1.25rem; border-radius: 50%; border: 2px solid var(--line);
  border-block-start-color: var(--accent); animation: turn 0.9s linear infinite;
}
@keyframes turn { to { rotate: 360deg; } }

.goods { display: grid; gap: 0.75rem; }
.good-item { border: 1px solid var(--line); border-radius: var(--radius); background: var(--card); padding: 1rem; overflow-wrap: anywhere; }
.good-item > * + * { margin-block-start: 0.625rem; }
.good-name { font-weight: 600; }
.key { display: flex; flex-wrap: wrap; align-items: center; gap: 0.75rem; }
.key code { flex: 1 1 14rem; font: 1rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; user-select: all; }
.file { display: flex; align-items: center; min-block-size: 44px; }
.text { white-space: pre-line; color: var(--soft); }
.facts { display: grid; gap: 0.375rem; border-block-start: 1px solid var(--line); padding-block-start: 0.75rem; margin-block-start: 0.75rem; }
.totals + .totals { margin-block-start: 0.75rem; }
.facts .row dt { flex: none; max-inline-size: 45%; }
.facts .row dd { min-inline-size: 0; color: var(--ink); overflow-wrap: anywhere; }
.qr { display: block; inline-size: 11rem; max-inline-size: 100%; margin: 0.5rem 0 0.25rem auto; border-radius: 0.375rem; forced-color-adjust: none; }
.foot { margin-block-start: 2rem; color: var(--soft); font-size: 0.875rem; }
.foot > * + * { margin-block-start: 0.5rem; }
.single main { padding-block: 2rem; max-inline-size: 38rem; }
.single .merchant { margin-block-end: 1.5rem; }

@media (min-width: 60rem) {
  .split { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
  .order { border-block-end: 0; border-inline-end: 1px solid var(--line); }
  .split .order-inner { margin-inline: auto 0; padding: 4rem 4rem 3rem 2rem; position: sticky; inset-block-start: 0; }
  .split main { margin-inline: 0 auto; padding: 4rem 2rem 3rem 4rem; }
  .split .order-inner, .split main { max-inline-size: 34rem; }
  .split .amount { margin-block: 0.5rem 1.5rem; font-size: 2.75rem; }
  .pay-bar { position: static; padding-block: 0.5rem; }
  .single main { padding-block: 4rem; }
  @supports selector(::details-content) {
    .fold > summary { display: none; }
    .fold::details-content { content-visibility: visible; block-size: auto; display: block; }
  }
}
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation: none !important; transition: none !important; scroll-behavior: auto !important; }
}
@media (forced-colors: active) {
  .primary, .notice, .badge { border: 1px solid; }
}
@media print {
  .no-print, .foot { display: none; }
  body { background: #ffffff; color: #000000; }
}
`;
