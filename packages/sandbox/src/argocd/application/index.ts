export * from './conventions';
export * from './specs';
export * from './status';
