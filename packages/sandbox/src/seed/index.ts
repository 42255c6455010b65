export { changeByHand } from './changeByHand';
export { seedIfNeeded } from './seed';
