import type { ActionRefused, ProcessorActionDone } from '@payonce/plugin-sdk';
import { z } from 'zod';

/** What an action answers. */
export type Answer = ProcessorActionDone | ActionRefused;

/** Fields that several actions ask for. */
export const ACTOR = z.string().trim().min(1).max(100).describe('Who does this: a name or a login.');
export const EVIDENCE = z.string().trim().min(1).max(200).describe('What shows it: a line of the bank statement.');
