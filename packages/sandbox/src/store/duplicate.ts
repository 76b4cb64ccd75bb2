import { MongoServerError } from 'mongodb';

/** Whether a write failed because a unique value was there already. */
export const isDuplicate = (error: unknown): boolean => error instanceof MongoServerError && error.code === 11_000;
