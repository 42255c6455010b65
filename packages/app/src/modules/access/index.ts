export { RequireTemplates } from './RequireTemplates';
