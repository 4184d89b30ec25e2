export { tearDown as default } from './own-machine.mjs';
