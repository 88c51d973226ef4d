// Package world is what the fault provider makes, and what goes wrong meanwhile; for the provider and the fake tofu.
package world

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"time"
)

// A world log is append-only, one JSON object a line. `create`, `update` and `delete` say what is there; `begin` and
// `stopped` say what a plugin was about and that it was told to stop. A line is one write: no reader sees half of it.
type World struct{ Path string }

type Line struct {
	Op      string `json:"op"`
	What    string `json:"what,omitempty"` // of begin and stopped
	Name    string `json:"name"`
	ID      string `json:"id,omitempty"`
	Content string `json:"content,omitempty"`
	Process int    `json:"process"`
	Time    int64  `json:"ms"`
}

func (w *World) Add(it Line) error {
	it.Process, it.Time = os.Getpid(), time.Now().UnixMilli()
	text, err := json.Marshal(it)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(w.Path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	_, err = file.Write(append(text, '\n'))
	return errors.Join(err, file.Close())
}

// What there is, by id.
func (w *World) Objects() (map[string]Line, error) {
	found := map[string]Line{}
	file, err := os.Open(w.Path)
	if errors.Is(err, fs.ErrNotExist) {
		return found, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<26)
	for lines.Scan() {
		var it Line
		if err := json.Unmarshal(lines.Bytes(), &it); err != nil {
			return nil, err
		}
		switch it.Op {
		case "create", "update":
			found[it.ID] = it
		case "delete":
			delete(found, it.ID)
		}
	}
	return found, lines.Err()
}
