/** In which accounts of a trial have something; not all of them in both. */
export const REGIONS = ['us-east-1', 'eu-west-1'] as const;
