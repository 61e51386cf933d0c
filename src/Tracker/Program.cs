using Tracker.Hosting;


// What this program does, in one place each:
//   serve (no command)                      Hosting/Serve.cs
//   board, import                           Hosting/Commands
//   codegen, db-apply, describe, openapi …  the stack's own, through JasperFx
return await CommandLine.RunAsync(args);
