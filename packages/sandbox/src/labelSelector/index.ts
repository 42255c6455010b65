export { parseLabelSelector, type LabelSelector, type LengthUnit } from './parseLabelSelector';
