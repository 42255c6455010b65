export { SearchItem } from './SearchItem';
export { searchModule } from './searchModule';
