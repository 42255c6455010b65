/** The one style sheet of the forge's pages. */
export const style = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --back: #fff; --panel: #f6f8fa; --line: #d1d9e0; --link: #0550ae;
  --good: #116329; --good-back: #dafbe1; --bad: #a40e26; --bad-back: #ffebe9; --wait: #7d4e00; --wait-back: #fff8c5; --done: #6639ba; --done-back: #fbefff; --button: #1a7f37; --hunk: #ddf4ff; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #9aa4af; --back: #0d1117; --panel: #151b23; --line: #3d444d; --link: #79b8ff;
  --good: #57d26d; --good-back: #12261e; --bad: #ff9b94; --bad-back: #301b1e; --wait: #e3b341; --wait-back: #2a2213; --done: #c6a0ff; --done-back: #231b33; --button: #1f7a35; --hunk: #11253d; } }
* { box-sizing: border-box; }
body { margin: 0; font: 14px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; color: var(--text); background: var(--back); }
a { color: var(--link); text-decoration: none; } a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 3px; }
.note { background: var(--wait-back); color: var(--wait); border-bottom: 1px solid var(--line); padding: 4px 16px; font-size: 12px; }
header.top { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; padding: 10px 16px; border-bottom: 1px solid var(--line); background: var(--panel); }
header.top .name { font-weight: 600; font-size: 16px; } header.top .who { margin-left: auto; color: var(--soft); font-size: 12px; }
nav.tabs { display: flex; gap: 4px; padding: 0 12px; border-bottom: 1px solid var(--line); background: var(--panel); overflow-x: auto; }
nav.tabs a { padding: 8px 10px; color: inherit; border-bottom: 2px solid transparent; white-space: nowrap; } nav.tabs a[aria-current] { border-color: var(--bad); font-weight: 600; }
main { max-width: 1180px; margin: 0 auto; padding: 16px; }
h1 { font-size: 22px; font-weight: 500; margin: 4px 0 8px; overflow-wrap: anywhere; } h2 { font-size: 16px; margin: 20px 0 8px; }
h1 code { font-size: .8em; } .soft { color: var(--soft); } .right { text-align: right; } .number { color: var(--soft); font-weight: 400; }
code, pre, .mono { font: 12px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.box { border: 1px solid var(--line); border-radius: 6px; margin: 8px 0 16px; overflow: hidden; } .box > .head { background: var(--panel); padding: 8px 12px; border-bottom: 1px solid var(--line); display: flex; flex-wrap: wrap; gap: 2px 12px; align-items: center; }
.box > .head .right, .row .right { margin-left: auto; white-space: nowrap; } .box .inside { padding: 12px; } .inside > :last-child { margin-bottom: 0; }
.row { display: flex; flex-wrap: wrap; gap: 2px 12px; padding: 8px 12px; border-top: 1px solid var(--line); align-items: baseline; } .row:first-child, .head + .row { border-top: 0; }
.row .grow { flex: 1 1 200px; min-width: 0; overflow-wrap: anywhere; }
.state { display: inline-block; border-radius: 12px; padding: 1px 10px; font-weight: 500; white-space: nowrap; border: 1px solid currentColor; }
.good { color: var(--good); background: var(--good-back); } .bad { color: var(--bad); background: var(--bad-back); } .wait { color: var(--wait); background: var(--wait-back); } .done { color: var(--done); background: var(--done-back); } .plain { color: var(--soft); background: var(--panel); }
.markdown h3, .markdown h4, .markdown h5, .markdown h6 { font-size: 14px; margin: 12px 0 6px; } .markdown > :first-child { margin-top: 0; } .markdown > :last-child { margin-bottom: 0; } .markdown { overflow-wrap: anywhere; }
.markdown table { border-collapse: collapse; display: block; overflow-x: auto; } .markdown th, .markdown td { border: 1px solid var(--line); padding: 4px 10px; text-align: left; } .markdown .right { text-align: right; } .markdown .center { text-align: center; } .markdown li:has(> input, > p > input) { list-style: none; margin-left: -20px; }
.markdown code { background: var(--panel); padding: 1px 4px; border-radius: 4px; } .markdown pre { background: var(--panel); padding: 10px; border-radius: 6px; overflow-x: auto; } .markdown pre code { padding: 0; }
.markdown blockquote { margin: 0; padding-left: 12px; border-left: 3px solid var(--line); color: var(--soft); }
.code { overflow-x: auto; } .code table { border-collapse: collapse; width: 100%; } .code td { padding: 0 10px; white-space: pre; vertical-align: top; } .code td.line { color: var(--soft); text-align: right; user-select: none; width: 1%; min-width: 40px; }
.code tr.add td { background: var(--good-back); } .code tr.remove td { background: var(--bad-back); } .code tr.hunk td { background: var(--hunk); color: var(--soft); } .code tr:target td { background: var(--wait-back); }
.stat { white-space: nowrap; } .stat .plus { color: var(--good); } .stat .minus { color: var(--bad); }
form { display: inline-block; margin: 0 8px 0 0; } button { font: inherit; font-weight: 500; padding: 5px 16px; border-radius: 6px; border: 1px solid var(--line); background: var(--panel); color: var(--text); cursor: pointer; }
button.primary { background: var(--button); border-color: var(--button); color: #fff; } button:disabled { opacity: .55; cursor: not-allowed; }
details > summary { cursor: pointer; } pre.output { margin: 8px 0 0; padding: 10px; background: var(--panel); border-radius: 6px; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
footer { max-width: 1180px; margin: 0 auto; padding: 8px 16px 24px; color: var(--soft); font-size: 12px; }
@media (max-width: 600px) { main { padding: 10px; } header.top .who { margin-left: 0; width: 100%; } .code td { padding: 0 6px; } .code td.line { min-width: 28px; } .row .right { margin-left: 0; } }
`;
