using Tracker.Hosting;


// What this program does, in one place each:
//   serve (no command)                      Hosting/Serve.cs
//   board, report, import, export, keys …   Hosting/…Command.cs
//   codegen, db-apply, describe, openapi …  the stack's own, through JasperFx
return await CommandLine.RunAsync(args);
