/** Where simulated hubs are. */
export const REGION = 'us-east-1';
