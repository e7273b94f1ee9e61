const PROBLEMS_SHOWN_MAX = 20;

/** The configuration cannot be used. `message` is ready to be printed: one line per problem. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly string[];

  constructor(problems: readonly string[], options?: ErrorOptions) {
    const shown = problems.slice(0, PROBLEMS_SHOWN_MAX);
    const more = problems.length - shown.length;
    super([...shown, ...(more > 0 ? [`and ${more} more`] : [])].join("\n"), options);
    this.problems = problems;
  }
}
