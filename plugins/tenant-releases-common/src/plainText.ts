import { unseenClasses } from './unseen';

/* eslint-disable no-control-regex -- control characters are what is looked for */
/** Escape sequences of terminals: CSI, OSC and two-character ones (ECMA-48). */
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\^_])/g;
/** Other control characters, and those that turn the direction of the text and so can disguise it. */
const controls = new RegExp(
  `[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f${unseenClasses}]`,
  'gu',
);

/** A log line's text without colours, cursor moves or characters that disguise the rest. Tabs and newlines stay. */
export function plainText(text: string): string {
  return text.replace(escapes, '').replace(controls, '');
}
