package main

import (
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"time"
)

// The `-json` stream: one object a line, with what the runner reads of it.
type stream struct {
	out   io.Writer
	guard sync.Mutex
}

type fields map[string]any

func (s *stream) say(level, kind, message string, more fields) {
	if s.out == nil {
		return
	}
	line := fields{"@level": level, "@message": message, "@module": "tofu.ui", "@timestamp": time.Now().Format(time.RFC3339Nano), "type": kind}
	for name, value := range more {
		line[name] = value
	}
	text, err := json.Marshal(line)
	if err != nil {
		refuse("%v", err)
	}
	s.guard.Lock()
	defer s.guard.Unlock()
	_, _ = s.out.Write(append(text, '\n'))
}

func (s *stream) version() {
	s.say("info", "version", "OpenTofu "+version, fields{"tofu": version, "ui": "1.2"})
}

func (s *stream) diagnose(severity, summary, detail string) {
	prefix := map[string]string{"error": "Error: ", "warning": "Warning: "}[severity]
	s.say(map[string]string{"error": "error", "warning": "warn"}[severity], "diagnostic", prefix+summary,
		fields{"diagnostic": fields{"severity": severity, "summary": summary, "detail": detail}})
}

func (s *stream) log(message string) { s.say("info", "log", message, nil) }

func addressOf(it resource) fields {
	return fields{"addr": it.address, "module": "", "resource": it.address, "implied_provider": it.provider(), "resource_type": it.kind,
		"resource_name": it.name, "resource_key": nil}
}

func (s *stream) planned(it resource, action string) {
	s.say("info", "planned_change", it.address+": Plan to "+action, fields{"change": fields{"resource": addressOf(it), "action": action}})
}

func (s *stream) hook(kind, message string, it resource, action string, more fields) {
	hook := fields{"resource": addressOf(it), "action": action}
	for name, value := range more {
		hook[name] = value
	}
	level := "info"
	if kind == "apply_errored" {
		level = "error"
	}
	s.say(level, kind, it.address+": "+message, fields{"hook": hook})
}

type counts struct{ add, change, remove int }

func (s *stream) summary(operation string, it counts) {
	words := map[string]string{
		"plan":  fmt.Sprintf("Plan: %d to add, %d to change, %d to destroy.", it.add, it.change, it.remove),
		"apply": fmt.Sprintf("Apply complete! Resources: %d added, %d changed, %d destroyed.", it.add, it.change, it.remove),
	}
	s.say("info", "change_summary", words[operation], fields{"changes": fields{
		"add": it.add, "change": it.change, "import": 0, "remove": it.remove, "operation": operation}})
}
