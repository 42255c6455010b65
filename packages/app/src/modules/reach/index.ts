export { useReach, type Reach } from './useReach';
