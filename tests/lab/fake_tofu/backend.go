package main

import (
	"bytes"
	"crypto/md5"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/user"
	"path/filepath"
	"syscall"
	"time"
)

type lockInfo struct {
	ID, Operation, Info, Who, Version string
	Created                           time.Time
	Path                              string
}

func newLock(operation string) lockInfo {
	who := "nobody"
	if it, err := user.Current(); err == nil {
		who = it.Username
	}
	host, _ := os.Hostname()
	return lockInfo{randomID(), operation, "", who + "@" + host, version, time.Now().UTC(), ""}
}

// The error of a lock that another holds.
type heldError struct{ holder lockInfo }

func (heldError) Error() string { return "the lock is held" }

type backend interface {
	read() (*state, error) // nil where there is none
	write(*state) error
	lock(lockInfo) error
	unlock() error
}

func openBackend(config []*block) backend {
	block := findBackend(config)
	switch {
	case block == nil:
		return &localBackend{path: "terraform.tfstate"}
	case block.labels[0] == "local":
		return &localBackend{path: literal(block.attributes["path"])}
	case block.labels[0] == "http":
		retries := 2 // the real one's default
		if given, is := block.attributes["retry_max"]; is {
			retries = int(number(scope{}.evaluate(given)))
		}
		return &httpBackend{address: literal(block.attributes["address"]), retries: retries}
	}
	refuse("a backend of type %s is not played", block.labels[0])
	return nil
}

type localBackend struct {
	path string
	file *os.File
	info string
}

func parseState(text []byte) (*state, error) {
	if len(text) == 0 {
		return nil, nil
	}
	it := &state{}
	return it, json.Unmarshal(text, it)
}

func (b *localBackend) read() (*state, error) {
	text, err := os.ReadFile(b.path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return parseState(text)
}

// In place, as tofu does: who kills it in between leaves half a state.
func (b *localBackend) write(it *state) error {
	if b.file != nil {
		if err := b.file.Truncate(0); err != nil {
			return err
		}
		_, err := b.file.WriteAt(it.text(), 0)
		return errors.Join(err, b.file.Sync())
	}
	return os.WriteFile(b.path, it.text(), 0o666)
}

func (b *localBackend) lock(info lockInfo) error {
	if err := os.MkdirAll(filepath.Dir(b.path), 0o777); err != nil {
		return err
	}
	file, err := os.OpenFile(b.path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return err
	}
	b.info = filepath.Join(filepath.Dir(b.path), "."+filepath.Base(b.path)+".lock.info")
	lock := syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart}
	if err := syscall.FcntlFlock(file.Fd(), syscall.F_SETLK, &lock); err != nil {
		var holder lockInfo
		if text, problem := os.ReadFile(b.info); problem == nil {
			_ = json.Unmarshal(text, &holder)
		}
		return heldError{holder}
	}
	b.file = file
	info.Path = b.path
	text, _ := json.Marshal(info)
	return os.WriteFile(b.info, text, 0o600)
}

// What is empty was made by the lock alone.
func (b *localBackend) unlock() error {
	if info, err := b.file.Stat(); err == nil && info.Size() == 0 {
		_ = os.Remove(b.path)
	}
	return errors.Join(os.Remove(b.info), b.file.Close())
}

type httpBackend struct {
	address string
	retries int
	held    []byte
	id      string
}

func (b *httpBackend) ask(method, address string, body []byte) (int, []byte, error) {
	var status int
	var answer []byte
	var err error
	for attempt := 0; attempt <= b.retries; attempt++ {
		if attempt > 0 {
			time.Sleep(time.Second)
		}
		request, problem := http.NewRequest(method, address, bytes.NewReader(body))
		if problem != nil {
			return 0, nil, problem
		}
		if method == "POST" {
			sum := md5.Sum(body)
			request.Header.Set("Content-MD5", base64.StdEncoding.EncodeToString(sum[:]))
		}
		var response *http.Response
		if response, err = http.DefaultClient.Do(request); err != nil {
			continue
		}
		status = response.StatusCode
		answer, err = io.ReadAll(response.Body)
		response.Body.Close()
		if err == nil && status < 500 {
			return status, answer, nil
		}
	}
	return status, answer, fmt.Errorf("%s %s giving up after %d attempt(s)", method, address, b.retries+1)
}

func (b *httpBackend) read() (*state, error) {
	status, text, err := b.ask("GET", b.address, nil)
	if err != nil {
		return nil, fmt.Errorf("Failed to get state: %w", err)
	}
	if status == 404 || status == 204 {
		return nil, nil
	}
	if status != 200 {
		return nil, fmt.Errorf("unexpected status %d", status)
	}
	return parseState(text)
}

// It looks before it saves.
func (b *httpBackend) write(it *state) error {
	if _, err := b.read(); err != nil {
		return err
	}
	address := b.address
	if b.id != "" {
		address += "?ID=" + b.id
	}
	status, _, err := b.ask("POST", address, it.text())
	if err == nil && status != 200 {
		err = fmt.Errorf("unexpected status %d", status)
	}
	return err
}

func (b *httpBackend) lock(info lockInfo) error {
	b.held, _ = json.Marshal(info)
	status, answer, err := b.ask("LOCK", b.address, b.held)
	if err != nil {
		return err
	}
	if status == 423 || status == 409 {
		var holder lockInfo
		_ = json.Unmarshal(answer, &holder)
		return heldError{holder}
	}
	b.id = info.ID
	return nil
}

func (b *httpBackend) unlock() error {
	status, _, err := b.ask("UNLOCK", b.address, b.held)
	if err == nil && status != 200 {
		err = fmt.Errorf("unexpected status %d", status)
	}
	return err
}
