import type {Context} from 'koa';

/** The answer where there is no archive yet. */
export function noArchive(ctx: Context): void {
  refuse(ctx, 404, 'no-archive', 'There is no archive yet: import some activities first.');
}

/** An error as JSON: a code for programs and a sentence for people. */
export function refuse(ctx: Context, status: number, code: string, message: string): void {
  ctx.status = status;
  ctx.body = {code, message};
}
