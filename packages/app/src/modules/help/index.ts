export { helpModule } from './helpModule';
export { KeyboardHelp } from './KeyboardHelp';
export { SupportNote } from './SupportNote';
export { useShortcut } from './useShortcut';
