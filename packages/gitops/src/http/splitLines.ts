import { StringDecoder } from 'node:string_decoder';
import { UpstreamError } from './UpstreamError';

/**
 * The non-empty lines of a byte stream. What comes after the last line feed when the stream ends is a line that was cut
 * off, and is left out.
 *
 * @param maxLength - characters that a line may have
 */
export async function* splitLines(
  stream: AsyncIterable<Buffer | string>,
  maxLength: number,
): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + (typeof chunk === 'string' ? chunk : decoder.write(chunk))).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > maxLength) throw new UpstreamError('bad-answer', 'a line is too long');
    for (const line of lines) {
      const text = line.trim();
      if (text) yield text;
    }
  }
}
