//! The binary `mitoshi`. All it does is in `mitoshi-cli`.

fn main() -> std::process::ExitCode {
    mitoshi_cli::main()
}
