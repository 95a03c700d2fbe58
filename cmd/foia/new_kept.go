package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"foia/internal/letter"
	"foia/internal/remedy"
	"foia/internal/workspace"
	"foia/internal/yamltext"
)

// keptName is the file that keeps the answers of a request that is not made yet.
const keptName = ".new.yaml"

// mostKept is how large it can be, in bytes: the answers of a letter are far smaller.
const mostKept = 1 << 20

const resumeCommand = "foia new --resume"

// keptRequest is what was answered so far.
type keptRequest struct {
	Template string     `yaml:"template,omitempty"` // that the command line named
	Office   string     `yaml:"office,omitempty"`
	Own      keptOffice `yaml:"own_office,omitempty"`
	Via      string     `yaml:"via,omitempty"`

	Subject string            `yaml:"library_subject,omitempty"` // of the library, if one was chosen
	Places  map[string]string `yaml:"places,omitempty"`          // what was filled into its items

	Asked   []string       `yaml:"asked,omitempty"` // the questions that were answered, or skipped
	Answers letter.Answers `yaml:"answers,omitempty"`
}

// keptOffice is an office that is not in the directory.
type keptOffice struct {
	Named   bool   `yaml:"named,omitempty"` // the user says where it is
	Law     string `yaml:"law,omitempty"`
	Address string `yaml:"address,omitempty"`
	Email   string `yaml:"email,omitempty"`
}

func (o keptOffice) described() bool { return o.Named }

// flags are the office as the command line describes it.
func (o keptOffice) flags() officeFlags {
	return officeFlags{law: o.Law, address: o.Address, email: o.Email}
}

// readKept reads what was kept; ok is false if nothing was.
func readKept(w *workspace.Workspace) (k keptRequest, ok bool, err error) {
	if !w.Exists(keptName) {
		return k, false, nil
	}
	raw, err := w.ReadSmall(keptName, mostKept)
	if err == nil {
		err = yamltext.Decode(yamltext.Source{File: keptName, Text: raw}, &k)
	}
	if err != nil {
		return k, false, &remedy.Error{What: fmt.Sprintf("the answers that were kept cannot be read: %v", err),
			Do: "correct the file " + w.Path(keptName) + ", or delete it to begin again", Cause: err}
	}
	return k, true, nil
}

// write keeps the answers.
func (k keptRequest) write(w *workspace.Workspace) error {
	text, err := yamltext.Write(k)
	if err != nil {
		return fmt.Errorf("the answers cannot be kept: %w", err)
	}
	return w.WriteFile(keptName, []byte(text))
}

// dropKept throws the answers away that a letter was made from.
func dropKept(w *workspace.Workspace) error {
	err := os.Remove(w.Path(keptName))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("the answers that were kept cannot be deleted: %w", err)
	}
	return nil
}
