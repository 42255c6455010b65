export { startOidc } from './startOidc';
