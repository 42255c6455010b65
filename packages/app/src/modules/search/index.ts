export { PortalSearch } from './PortalSearch';
export { searchModule } from './searchModule';
