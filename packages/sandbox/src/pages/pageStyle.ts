/** The style sheet of the embedded servers' pages: light and dark, readable from 320 px on. */
export const pageStyle = `
:root { color-scheme: light dark; --text: #1c2128; --dim: #57606a; --back: #fff; --line: #d0d7de; --link: #0550ae;
  --good: #116329; --busy: #0550ae; --warn: #7d4e00; --bad: #a40e26; --note: #ddf4ff; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --dim: #9da7b1; --back: #0d1117; --line: #30363d;
  --link: #79c0ff; --good: #56d364; --busy: #79c0ff; --warn: #e3b341; --bad: #ff7b72; --note: #12263f; } }
* { box-sizing: border-box; }
body { margin: 0; color: var(--text); background: var(--back); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 0 1rem 3rem; }
h1 { font-size: 1.5rem; margin: 1.25rem 0 .75rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
a { color: var(--link); }
a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code { font: .9em ui-monospace, monospace; overflow-wrap: anywhere; }
.stand-in { margin: 0; padding: .4rem 1rem; background: var(--note); border-bottom: 1px solid var(--line); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--dim); white-space: nowrap; }
th[scope=row] { width: 11rem; }
td { overflow-wrap: break-word; }
@media (max-width: 40rem) { th[scope=row] { width: auto; } }
.dim { color: var(--dim); }
.good, .busy, .warn, .bad { font-weight: 500; }
td > .good, td > .busy, td > .warn, td > .bad { white-space: nowrap; }
.good { color: var(--good); } .busy { color: var(--busy); } .warn { color: var(--warn); } .bad { color: var(--bad); }
`;
