export { startLoki } from './startLoki';
