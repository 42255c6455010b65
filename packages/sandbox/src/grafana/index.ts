export { startGrafana } from './startGrafana';
