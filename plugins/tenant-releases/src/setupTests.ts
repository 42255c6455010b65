import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// The first drawing of a page loads its code; on a busy machine that takes longer than the second it is given.
configure({ asyncUtilTimeout: 10_000 });
jest.setTimeout(30_000);

// jsdom has no canvas and lays nothing out: charts are drawn on a stand-in that remembers what it was given.
jest.mock('uplot', () => jest.requireActual('./testing/ChartStub'));

class ResizeObserverStub implements ResizeObserver {
  observe() {}
  unobserve() {}
  disconnect() {}
}
globalThis.ResizeObserver ??= ResizeObserverStub;
window.scrollTo = () => {};

/* eslint-disable no-console -- jsdom cannot parse some rules of core-components' styles; that is no one's fault here */
const warn = console.warn;
console.warn = (...messages: unknown[]) => {
  if (!String(messages[0]).startsWith('Warning: [JSS]')) warn(...messages);
};
