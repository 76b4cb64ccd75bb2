/** The pages' stylesheet. System fonts and colors that hold in light and dark; nothing is loaded from elsewhere. */
export const STYLES = `
:root { color-scheme: light dark; --ink: #1b1f24; --muted: #57606a; --paper: #ffffff; --ground: #f3f4f6; --line: #8c959f; --accent: #1f4fd8; --bad: #b42318; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f0f3f6; --muted: #b1bac4; --paper: #161b22; --ground: #0d1117; --line: #7d8590; --accent: #7aa2ff; --bad: #ff9c92; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
.banner { margin: 0; padding: 0.5rem 1rem; background: #ffe08a; color: #3d2b00; text-align: center; font-size: 0.9rem; }
main { max-width: 28rem; margin: 1.5rem auto; padding: 1.5rem; background: var(--paper); border-radius: 0.75rem; }
h1 { margin: 0 0 0.25rem; font-size: 1.1rem; font-weight: 500; overflow-wrap: anywhere; }
.amount { margin: 0 0 1.25rem; font-size: 2rem; font-weight: 600; }
label { display: block; margin-bottom: 0.25rem; font-weight: 500; }
.field { margin-bottom: 1rem; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
input { width: 100%; padding: 0.6rem 0.7rem; border: 1px solid var(--line); border-radius: 0.5rem; background: var(--paper); color: inherit; font: inherit; }
input[aria-invalid='true'] { border-color: var(--bad); }
.error { margin: 0.25rem 0 0; color: var(--bad); font-size: 0.9rem; }
.summary { margin: 0 0 1rem; padding: 0.75rem 1rem; border: 1px solid var(--bad); border-radius: 0.5rem; color: var(--bad); }
button, .button { display: block; width: 100%; padding: 0.75rem; border: 0; border-radius: 0.5rem; background: var(--accent); color: var(--paper); font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer; }
button.quiet { margin-top: 0.75rem; background: transparent; color: var(--accent); border: 1px solid var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
details { margin-top: 1.5rem; color: var(--muted); font-size: 0.9rem; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 0.3rem 0.5rem 0.3rem 0; text-align: left; vertical-align: top; }
td.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
`;
