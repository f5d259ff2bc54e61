//! Limits that a process puts on itself before it looks at what strangers wrote.

/// Limits this process to so many bytes of memory and seconds of computing, and to writing no file. Where the system
/// knows no such limits (outside Unix) nothing happens; where it does not know one of them, the others hold.
#[cfg(unix)]
pub fn confine(memory: u64, seconds: u64) {
    use rustix::process::{Resource, Rlimit, setrlimit};
    let limit = |resource, most, hard| {
        let _ = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(hard) });
    };
    limit(Resource::Data, memory, memory);
    // The hard limit a second later, so that the system says which limit was reached.
    limit(Resource::Cpu, seconds, seconds + 1);
    limit(Resource::Core, 0, 0);
    limit(Resource::Fsize, 0, 0);
}

/// As above.
#[cfg(not(unix))]
pub fn confine(_memory: u64, _seconds: u64) {}
