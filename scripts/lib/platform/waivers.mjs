/** Waivers of scanners and the reasons that stand with them. */

const checkovAnnotation = /checkov\.io\/skip\d+:\s*(.*)$/;
const checkovComment = /checkov:skip=(.*)$/;
/** These have no place for a reason: it is a comment, in the line above or behind. */
const withoutReason = /kube-score\/ignore:|trivy:ignore:|zizmor:\s*ignore\[/;
const comment = /^\s*#/;
const template = /^\s*\{\{.*\}\}\s*$/;
const enough = 15;

/**
 * The waivers of a file that give no reason.
 * @returns `line number: text`, one for each
 */
export function waiversWithoutReason(text) {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => {
    const reason = reasonOf(line, lineAbove(lines, index));
    return reason === undefined || reason.length >= enough ? [] : [`${index + 1}: ${line.trim()}`];
  });
}

/** What stands above, apart from what Helm does there. */
function lineAbove(lines, index) {
  let above = index - 1;
  while (template.test(lines[above] ?? '')) above -= 1;
  return lines[above] ?? '';
}

/** Undefined for a line that waives nothing. */
function reasonOf(line, above) {
  const annotation = checkovAnnotation.exec(line);
  if (annotation) return afterId(annotation[1], '=');
  const inline = checkovComment.exec(line);
  if (inline) return afterId(inline[1], ':');
  if (!withoutReason.test(line)) return undefined;
  return comment.test(above) ? above.trim() : '';
}

function afterId(text, separator) {
  const at = text.indexOf(separator);
  return at < 0 ? '' : text.slice(at + 1).trim();
}
