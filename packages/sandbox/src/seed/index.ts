export { seedIfNeeded } from './seed';
