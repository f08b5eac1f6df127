/** Whether somebody asks how a tool is used: that is an answer, and no refusal. */
export const asksForHelp = (args: readonly string[]): boolean => args.includes('--help') || args.includes('-h');
