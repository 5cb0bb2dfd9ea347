package p2psip.app.web;

import module java.base;
import p2psip.app.config.Settings;

/// `GET /config`: all that can be chosen, and what was.
public record AllSettings(Settings settings) implements Resource {
    @Override public String path() { return "/config"; }

    @Override public List<Method> methods() { return List.of(Method.GET); }

    @Override public Answer answer(Request request) {
        return new Values().with("settings",
                Values.list(OneSetting.trying(settings::all), OneSetting::values)).answer();
    }
}
