/** Half characters, which stand for nothing and which `encodeURIComponent` throws at. */
const loneSurrogates = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** A text as one segment of a path or one value of a query, whatever characters an upstream put into it. */
export function encodeSegment(text: string): string {
  return encodeURIComponent(text.replace(loneSurrogates, '\ufffd'));
}
