import { UpstreamError } from './UpstreamError';

/**
 * Tag of a template for paths: every part that is put in is encoded, so that it stays one segment.
 *
 * @throws UpstreamError for `.`, `..` and the empty part, which cannot be encoded away, and for half characters
 */
export function encodedPath(strings: TemplateStringsArray, ...parts: string[]): string {
  return strings.reduce((path, text, index) => {
    const part = parts[index - 1];
    if (part === '' || part === '.' || part === '..' || /\p{Cs}/u.test(part)) {
      throw new UpstreamError('not-found', `"${part}" is no name`);
    }
    return path + encodeURIComponent(part) + text;
  });
}
