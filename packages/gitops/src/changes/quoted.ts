import { yamlTextTroubles } from '../yaml/yamlText';
import { plainTag } from './setScalar';

/** A text in YAML: plain where every reader takes it for one, else {@link inQuotes}. */
export function quoted(text: string): string {
  return plainTag.test(text) ? text : inQuotes(text);
}

/** A text in double quotes, on one line, without characters that readers of YAML do not agree on. */
export function inQuotes(text: string): string {
  return [...JSON.stringify(text)]
    .map(character =>
      yamlTextTroubles(`x${character}`).length > 0 ? escaped(character) : character,
    )
    .join('');
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
