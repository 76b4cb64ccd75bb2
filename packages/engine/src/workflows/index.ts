export { deliverEvent } from './deliver-event.js';
export { purchase } from './purchase.js';
