export { changeByHand } from './changeByHand';
export { seedIfNeeded } from './seed';
export { seedExample } from './seedExample';
