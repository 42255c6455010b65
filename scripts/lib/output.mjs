/** What the scripts print: one short line for each thing that they do, on standard output. */

/** A failure that a person can cure: the message says in one line what is missing and what to do. */
export class CureError extends Error {
  name = 'CureError';
}

let output = process.stdout;

/** From now on progress goes to standard error: for commands whose standard output is read by programs. */
export function keepOutputClean() {
  output = process.stderr;
}

/** Prints one line. */
export function say(line) {
  output.write(`${line}\n`);
}

/** Prints one line on standard error. */
export function warn(line) {
  process.stderr.write(`${line}\n`);
}

/**
 * A line that shows for how long something has been going on. On a terminal it is drawn over itself each second,
 * elsewhere (a log file) a new line comes every `everySeconds`.
 */
export function startProgress(title, { stream = output, everySeconds = 15 } = {}) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  let note = '';
  const live = Boolean(stream.isTTY);
  const draw = () => {
    const width = (stream.columns || 80) - 1;
    stream.write(`\r\x1b[2K${`  ${title} ... ${seconds()} s ${note}`.slice(0, width)}`);
  };
  if (!live) stream.write(`  ${title} ...\n`);
  const timer = setInterval(
    () => {
      if (live) draw();
      else stream.write(`  ${title} ... ${seconds()} s${note && ` (${note})`}\n`);
    },
    live ? 1000 : everySeconds * 1000,
  );
  timer.unref();
  return {
    /** Says what the step is at, for example the last line of its output. */
    note(text) {
      // Yarn begins its lines with a sign, a code and a rule.
      note = text
        .replace(/^➤ \S+ \W*/, '')
        .trim()
        .slice(0, 70);
    },
    end(result) {
      clearInterval(timer);
      if (live) stream.write('\r\x1b[2K');
      stream.write(`  ${title}: ${result} (${seconds()} s)\n`);
    },
  };
}
