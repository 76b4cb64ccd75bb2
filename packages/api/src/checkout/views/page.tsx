import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { SCRIPT_PATH, STYLE_PATH } from '../assets/assets.js';

/** What frames a page. */
export interface Frame {
  /** Where the checkout is mounted: '' at the root. */
  readonly base: string;
  readonly merchant: string;
  readonly testMode: boolean;
}

export interface PageProps {
  readonly frame: Frame;
  readonly title: string;
  /** Seconds after which a browser without scripts looks again. */
  readonly refresh?: number;
  /** 'split' has the order beside the form. */
  readonly layout: 'split' | 'single';
  readonly children: ComponentChildren;
}

/** The frame of every page. No inline script or style, nothing from elsewhere. */
export const Page = ({ frame, title, refresh, layout, children }: PageProps) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="robots" content="noindex, nofollow" />
      <title>{title}</title>
      {refresh !== undefined && (
        <noscript>
          <meta http-equiv="refresh" content={String(refresh)} />
        </noscript>
      )}
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href={`${frame.base}${STYLE_PATH}`} />
      <script src={`${frame.base}${SCRIPT_PATH}`} defer />
    </head>
    <body class={layout}>{children}</body>
  </html>
);

/** A page as it is sent. */
export const html = (page: VNode): string => `<!doctype html>${renderToString(page)}`;

/** Who sells, and whether it is for real. */
export const Merchant = ({ frame }: { readonly frame: Frame }) => (
  <p class="merchant">
    <span class="merchant-name">{frame.merchant}</span>
    {frame.testMode && <span class="badge">Test mode</span>}
  </p>
);

/** A box that says something important. */
export const Notice = ({
  tone,
  title,
  alert = false,
  children,
}: {
  readonly tone: 'bad' | 'info' | 'good';
  readonly title: string;
  readonly alert?: boolean;
  readonly children?: ComponentChildren;
}) => (
  <div class={`notice ${tone}`} {...(alert ? { role: 'alert', tabIndex: -1, 'data-focus': true } : {})}>
    <p class="notice-title">{title}</p>
    {children}
  </div>
);

/** The closing line of every page. */
export const Footer = ({ children }: { readonly children?: ComponentChildren }) => (
  <footer class="foot">
    {children}
    <p>Payments by payonce</p>
  </footer>
);
