/** The colors of the checkout by what they are for, in light and in dark. */
export const PALETTE = String.raw`:root {
  color-scheme: light dark;
  --paper: #ffffff;
  --side: #f5f6f8;
  --card: #ffffff;
  --ink: #16181d;
  --soft: #565e6c;
  --line: #dfe3e9;
  --edge: #868e9c;
  --accent: #1d4ed8;
  --accent-deep: #1a3fae;
  --on-accent: #ffffff;
  --bad: #a8211b;
  --bad-paper: #fdf1f0;
  --good: #116a3d;
  --good-paper: #eef8f2;
  --info-paper: #eff4ff;
  --badge: #7a4b00;
  --badge-paper: #fff3d6;
  --radius: 0.625rem;
  --chevron: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 12 8'%3E%3Cpath d='M1 1.5l5 5 5-5' fill='none' stroke='%23565e6c' stroke-width='2'/%3E%3C/svg%3E");
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16191f;
    --side: #101217;
    --card: #1c2028;
    --ink: #eef0f4;
    --soft: #a9b1be;
    --line: #2c323d;
    --edge: #6f7888;
    --accent: #9db9ff;
    --accent-deep: #bccfff;
    --on-accent: #0d1730;
    --bad: #ffaca5;
    --bad-paper: #321b1b;
    --good: #8fdcb2;
    --good-paper: #14291f;
    --info-paper: #1a2438;
    --badge: #ffd993;
    --badge-paper: #3a2d12;
    --chevron: url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 12 8'%3E%3Cpath d='M1 1.5l5 5 5-5' fill='none' stroke='%23a9b1be' stroke-width='2'/%3E%3C/svg%3E");
  }
}`;
