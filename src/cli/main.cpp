// The program: parses the command line, runs the chosen command, and turns whatever goes wrong into a
// sentence on stderr and an exit code. This is the only place where an Error is caught.

#include <spdlog/spdlog.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <new>

#include "command_line.h"
#include "interruption.h"
#include "tenfold/base/text.h"

namespace tenfold {

namespace {

ExitCode run_chosen(const Command& command, const OutputOptions& output) {
  Logger logger;
  try {
    logger = make_logger(output.verbosity(), {});  // for what goes wrong with the log file
    logger = make_logger(output.verbosity(), output.log_file);
    return command(logger);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInterrupted) {
      logger->warn("tenfold: {}", error.what());
      return static_cast<ExitCode>(interrupted_exit_code());
    }
    logger->error("tenfold: error: {}", error.what());
    return exit_code(error.kind());
  } catch (const std::filesystem::filesystem_error& error) {
    logger->error("tenfold: error: {}", escaped(error.what()));
    return kFailed;
  } catch (const std::bad_alloc&) {
    logger->error(
        "tenfold: error: out of memory; use fewer --jobs or a smaller --memory (a repeat continues)");
    return kFailed;
  } catch (const std::exception& error) {
    logger->error("tenfold: internal error: {}", error.what());
    return kFailed;
  }
}

std::vector<std::string> command_names(const CLI::App& program) {
  std::vector<std::string> names;
  for (const CLI::App* command : program.get_subcommands({})) names.push_back(command->get_name());
  return names;
}

// CLI11 would only say that a command is missing.
ExitCode refuse_command(const std::string& name, const std::vector<std::string>& names) {
  const auto near = nearest(name, names);
  print_mistake("tenfold: error: there is no command " + in_quotes(name) + "; " +
                (near ? "did you mean " + in_quotes(*near) + "?" : "there are " + listed(names)) + "\n");
  return kUsage;
}

ExitCode parse_and_run(int argc, const char* const* argv) {
  OutputOptions output;
  Command chosen;
  const std::unique_ptr<CLI::App> program = command_line(output, chosen, help_width());
  const std::vector<std::string> names = command_names(*program);
  if (argc == 1) {
    std::fputs(program->help().c_str(), stderr);
    return kUsage;
  }
  if (argv[1][0] != '-' && std::ranges::find(names, argv[1]) == names.end())
    return refuse_command(argv[1], names);
  try {
    program->parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
      program->exit(error);  // --help and --version, on stdout
      return kDone;
    }
    print_mistake("tenfold: error: " + std::string(error.what()) +
                  "\nRun with --help for more information.\n");
    return kUsage;
  }
  return run_chosen(chosen, output);
}

}  // namespace
}  // namespace tenfold

int main(int argc, char** argv) {
  std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is an error of write(2)
  return tenfold::parse_and_run(argc, argv);
}
