use server::process::telemetry::{TelemetryError, start};
use server::settings::{Log, LogFormat};

fn log(format: LogFormat, filter: &str) -> Log {
    Log { format, filter: filter.to_owned() }
}

#[test]
fn the_log_may_be_started_twice() {
    let _first = start(&log(LogFormat::Text, "warn")).unwrap();
    let _second = start(&log(LogFormat::Json, "off,server=warn")).unwrap();
}

#[test]
fn filters_that_are_in_use_are_taken() {
    for filter in ["info", "INFO", "off", "info,server=debug", "warn, boxoffice=trace", "server[request]=debug,error"] {
        assert!(start(&log(LogFormat::Text, filter)).is_ok(), "{filter}");
    }
}

#[test]
fn a_filter_that_is_none_is_refused_with_its_key() {
    for filter in ["server=loud", "info,server==debug", "server[=x"] {
        let error = start(&log(LogFormat::Text, filter)).unwrap_err();
        assert!(matches!(error, TelemetryError::Filter { .. }), "{error}");
        assert!(error.to_string().contains("log.filter") && error.to_string().contains(filter), "{error}");
    }
}

#[test]
fn a_misspelt_level_is_refused_and_not_taken_for_a_target() {
    for filter in ["inof", "server", "info,sever", "loud info"] {
        let error = start(&log(LogFormat::Text, filter)).unwrap_err();
        assert!(matches!(error, TelemetryError::NoLevel { .. }), "{error}");
        assert!(error.to_string().contains("log.filter"), "{error}");
    }
}
